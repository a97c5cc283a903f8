"""The losses of the paper. They compute in the precision of their arguments, which a training keeps at float32."""
