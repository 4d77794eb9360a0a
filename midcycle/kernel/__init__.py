"""Small pure pieces that every floor may use."""
