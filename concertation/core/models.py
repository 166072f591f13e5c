"""Claims: which work a process has taken, so that no other does the same at the same time."""

from django.db import models


class Claim(models.Model):
    """Work by name, taken until a moment; a process that dies in the middle loses it then."""

    name = models.CharField(primary_key=True, max_length=64)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
