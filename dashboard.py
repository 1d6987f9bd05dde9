"""The front door, `streamlit run dashboard.py`: the gate around the app, only that."""

import streamlit as st
from starlette.middleware import Middleware

from oversight.gate import front
from oversight.gate.middleware import Gate, apologise
from oversight.service import running

app = st.App(
    "pages/frame.py",
    middleware=[Middleware(Gate, sessions=front.SESSIONS)],
    routes=front.routes(),
    exception_handlers={Exception: apologise},
    lifespan=running,
)
