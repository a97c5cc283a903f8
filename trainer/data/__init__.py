"""Training data: the dataset's table, its aligned crops, batches and their augmentation."""
