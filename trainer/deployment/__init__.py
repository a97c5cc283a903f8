"""Trained networks in the form that ONNX Runtime computes fastest, and their files."""

from trainer.deployment.files import OPSET, OnnxFiles, write_onnx

__all__ = ["OPSET", "OnnxFiles", "write_onnx"]
