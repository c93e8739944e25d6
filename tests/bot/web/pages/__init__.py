"""The pages, asked as browsers do, with links that came through the chat."""
