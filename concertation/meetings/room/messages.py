"""The messages of the room's socket are the truth here; `meeting-room/protocol.ts` mirrors them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

PEER = r"^[0-9a-f]{32}$"
HASH = r"^[0-9a-f]{64}$"
MAX_BYTES = 128 * 1024  # a description of eight sources to seven peers stays under 40 kB
MAX_ROSTER = 50
MAX_SECTIONS = 64

Peer = Annotated[str, Field(pattern=PEER)]
Hash = Annotated[str, Field(pattern=HASH)]
Mid = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,16}$")]
Source = Annotated[str, Field(pattern=r"^(mic|camera|screen|screen-audio|interp:[a-z]{2})$")]
Round = Annotated[int, Field(ge=1, le=2**31, strict=True)]


class Message(BaseModel):
    """What every message shares: a field we do not know is a fault, not an extension."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SessionDescription(Message):
    """What WebRTC calls an RTCSessionDescription."""

    type: Literal["offer", "answer"]
    sdp: str = Field(max_length=MAX_BYTES)


class IceCandidate(Message):
    """What WebRTC calls an RTCIceCandidateInit."""

    candidate: str = Field(max_length=1000)
    sdp_mid: Mid | None = Field(alias="sdpMid")
    sdp_m_line_index: int | None = Field(alias="sdpMLineIndex", ge=0, lt=MAX_SECTIONS)
    username_fragment: str | None = Field(alias="usernameFragment", max_length=256)


class Description(Message):
    """An offer or answer, and which source each of the sender's media sections carries."""

    kind: Literal["description"]
    description: SessionDescription
    sources: dict[Mid, Source] = Field(max_length=MAX_SECTIONS)


class Candidate(Message):
    """One address to try; null says that there are no more."""

    kind: Literal["candidate"]
    candidate: IceCandidate | None


class Sources(Message):
    """What the sender is sending now."""

    kind: Literal["sources"]
    sources: dict[Source, Literal["on", "muted", "off"]] = Field(max_length=MAX_SECTIONS)


class Subscribe(Message):
    """The sender wants to hear or see one source, or no longer."""

    kind: Literal["subscribe"]
    source: Source
    wanted: bool


class Commit(Message):
    """First half of the verification code: a hash, sent before anybody reveals."""

    kind: Literal["commit"]
    round: Round
    roster: list[Peer] = Field(max_length=MAX_ROSTER)
    commitment: Hash


class Reveal(Message):
    """Second half of the verification code: what was hashed."""

    kind: Literal["reveal"]
    round: Round
    fingerprint: Hash
    nonce: Hash


Body = Annotated[Description | Candidate | Sources | Subscribe | Commit | Reveal, Field(discriminator="kind")]


class Join(Message):
    """Take a seat."""

    type: Literal["join"]


class Ping(Message):
    """Still here: keeps the seat, and is answered."""

    type: Literal["ping"]


class Relay(Message):
    """A body for one named peer of the same room."""

    type: Literal["relay"]
    to: Peer
    body: Body


ClientMessage = Annotated[Join | Ping | Relay, Field(discriminator="type")]
_client_message: TypeAdapter[Join | Ping | Relay] = TypeAdapter(ClientMessage)


def parse_client_message(text: str) -> Join | Ping | Relay:
    """Return the message in `text`; raises ValidationError for anything that is not exactly one."""
    return _client_message.validate_json(text)


class Identity(Message):
    """Who a participant is, from our rows; what a browser says about itself is never used."""

    delegate: str
    name: str
    member: str | None
    names: dict[str, str]  # of the member, by language; empty for a state named by its code
    capacity: str


class Participant(Message):
    """One connection of one person."""

    id: str
    identity: Identity


def dump(message: BaseModel) -> dict[str, Any]:
    """Return `message` as the JSON object that browsers read."""
    return message.model_dump(mode="json", by_alias=True)
