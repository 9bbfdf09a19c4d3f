"""Filters: findings in, fewer findings out."""
