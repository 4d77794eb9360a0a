"""What the bank says happened on the account, line by line."""

from typing import ClassVar

from django.db import models

from midcycle.meetups.models import Meetup


class BankFile(models.Model):
    """A statement somebody brought in: how many lines were new, and how many were known."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="bank_files")
    name = models.CharField(max_length=120)
    taken_at = models.DateTimeField()
    fresh = models.PositiveIntegerField()
    known = models.PositiveIntegerField()

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class BankLine(models.Model):
    """Money that came, or went when the amount is below zero. `mark` tells the same line in two statements."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="bank_lines")
    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="lines")
    day = models.DateField()
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    party = models.CharField(max_length=160, blank=True)
    text = models.CharField(max_length=500, blank=True)
    mark = models.CharField(max_length=64)
    is_done = models.BooleanField(default=False)
    is_set_aside = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "mark"], name="a_line_of_the_bank_comes_in_once"),
            models.CheckConstraint(condition=~models.Q(amount=0), name="a_line_of_the_bank_is_about_money"),
        ]

    def __str__(self) -> str:
        """Day and amount."""
        return f"{self.day} {self.amount} {self.currency}"
