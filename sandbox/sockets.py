"""Ending a websocket the way networks do."""

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
    """Send JSON; False when the other side is gone."""
    try:
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
    """Cut the TCP connection without a close frame.

    ASGI has no word for this, so uvicorn's transport is reached behind the receive function; under another
    server the socket is closed with 1011 instead.
    """
    transport = getattr(getattr(socket._receive, "__self__", None), "transport", None)
    if transport is None:
        await close(socket, 1011)
    else:
        transport.abort()
