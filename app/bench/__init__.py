"""What Kadenz reaches on real recordings and on simulated truth, beside its peers, measured in one run."""
