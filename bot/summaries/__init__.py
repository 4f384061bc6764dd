"""Better texts by a model of the operator's choice, in place of the default when they are ready."""
