"""The call for hosts: bids with the same questions for all, a comparison a neutral person keeps, a decision in the open."""
