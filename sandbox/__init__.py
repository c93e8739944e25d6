"""Simulated DingTalk and WeCom: their servers, and a chat page that stands for everybody's phone.

Built from the platforms' wire protocols alone. It imports nothing of the product and is stricter than the
real platforms where they leave a choice: what passes here should pass there, not the other way round.
"""
