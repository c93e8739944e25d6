"""Ending a websocket the way networks do."""

import asyncio

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketDisconnected, WebSocketState


class Gone(Exception):
    """The connection has ended, from whichever side."""


async def receive(socket: WebSocket) -> str:
    """The next text frame. Gone at the end; a binary frame has no place in these protocols and ends it too."""
    if socket.application_state is not WebSocketState.CONNECTED:
        raise Gone
    message = await socket.receive()
    if message["type"] != "websocket.receive" or message.get("text") is None:
        raise Gone
    return str(message["text"])


async def send(socket: WebSocket, payload: object) -> bool:
    """Send JSON, or text and bytes as they are; False when the other side is gone. What goes to a stalled one
    vanishes."""
    if getattr(socket.state, "stalled", False):
        return True
    try:
        match payload:
            case str():
                await socket.send_text(payload)
            case bytes():
                await socket.send_bytes(payload)
            case _:
                await socket.send_json(payload)
    except (RuntimeError, WebSocketDisconnect, WebSocketDisconnected):
        return False
    return True


async def close(socket: WebSocket, code: int = 1000, reason: str = "") -> None:
    """Close with a handshake; nothing when it is closed already."""
    try:
        await socket.close(code, reason)
    except (RuntimeError, WebSocketDisconnect, WebSocketDisconnected):
        return


async def abort(socket: WebSocket) -> None:
    """Cut the TCP connection without a close frame."""
    if (transport := _transport(socket)) is None:
        await close(socket, 1011)
    else:
        transport.abort()


def stall(socket: WebSocket) -> None:
    """Half-open: nothing is read any more, pings included, and nothing arrives. End it with `abort`."""
    socket.state.stalled = True
    if (transport := _transport(socket)) is not None:
        transport.pause_reading()


def _transport(socket: WebSocket) -> asyncio.Transport | None:
    """ASGI has no word for cutting or stalling, so uvicorn's transport is reached behind the receive function."""
    return getattr(getattr(socket._receive, "__self__", None), "transport", None)
