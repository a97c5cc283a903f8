"""The networks that only training needs: discriminators, classifiers and VGG19's features."""
