"""One file per way to a platform. Wire libraries live here and nowhere else."""
