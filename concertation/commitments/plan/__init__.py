"""Who does what in which month: from requirements, contributions and a scenario to a plan and its bound."""
