"""Rules of what other systems say and are told: values, mapping, ownership, three-way comparison, pushes."""
