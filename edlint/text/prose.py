"""Placeholder until written."""
Range = tuple[int, int]
def sentences(text: str) -> list[Range]: return [(0, len(text))] if text else []
def quotations(texts: list[str]) -> list[list[Range]]: return [[] for _ in texts]
