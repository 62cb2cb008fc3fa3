"""The check page: what must be dealt with before handing in, what is worth a look, what has been explained."""
