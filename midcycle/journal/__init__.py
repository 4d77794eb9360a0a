"""What happened, in order: one entry per deed, followed by upper apps at their own pace."""
