from tests.engine.analysis.conftest import grey_faces

__all__ = ["grey_faces"]
