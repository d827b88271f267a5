"""What a template may see: one documented dataclass per page kind, and nothing else."""
