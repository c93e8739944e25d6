"""A hypothesis profile for the mutation run: a property that has failed once need not find the smallest example."""

from hypothesis import Phase, settings

settings.register_profile(
    "mutants", derandomize=True, database=None, deadline=None, phases=(Phase.explicit, Phase.generate)
)
