"""What has happened: reported, gone wrong, and the drafts that follow from it."""
