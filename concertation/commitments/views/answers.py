"""What views of this app share: a form that a domain function may refuse, and the day that is asked for."""

from collections.abc import Callable

from django.forms import BaseForm

from concertation.core.errors import DomainError

UNPROCESSABLE = 422


def accepted(forms: BaseForm | list[BaseForm], act: Callable[[], object]) -> bool:
    """Do `act` if every form is valid, and say whether it was done; a refusal is added to the first form."""
    everything = forms if isinstance(forms, list) else [forms]
    faults = [form for form in everything if not form.is_valid()]  # each is asked, to show all faults at once
    if faults:
        return False
    try:
        act()
    except DomainError as error:
        if error.status in {403, 404}:
            raise
        everything[0].add_error(None, str(error.message))
        return False
    return True


def status_of(*forms: BaseForm) -> int:
    """Return the status of a page that shows `forms`."""
    return UNPROCESSABLE if any(form.errors for form in forms) else 200
