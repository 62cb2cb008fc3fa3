"""The questionnaire page: questions, answers, evidence and checks."""
