"""What talks to hardware."""
