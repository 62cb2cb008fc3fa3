"""The questionnaire as a workbook for Excel, WPS and LibreOffice: written, filled in, read back with doubt."""
