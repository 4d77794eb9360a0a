"""From an idea to a place: who would come, who could host, who could moderate."""
