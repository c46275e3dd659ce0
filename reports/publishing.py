"""Publishing a month: one frozen edition, whoever presses first."""
