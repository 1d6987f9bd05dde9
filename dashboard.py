"""The front door, `streamlit run dashboard.py`: the gate around the app, only that."""

import streamlit as st
from starlette.middleware import Middleware

from oversight.gate import front
from oversight.gate.middleware import Gate, apologise
from oversight.gate.sign_in import sign_in_routes
from oversight.service import running

app = st.App(
    "pages/frame.py",
    middleware=[Middleware(Gate, sessions=front.SESSIONS)],
    routes=sign_in_routes(front.find_person, front.SESSIONS),
    exception_handlers={Exception: apologise},
    lifespan=running,
)
