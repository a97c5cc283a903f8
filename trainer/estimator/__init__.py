"""The expression estimator: trained from the landmarks of labelled faces, measured, and written for the engine."""
