"""What is learned: ONNX models, their prediction and their training."""
