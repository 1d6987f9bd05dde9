"""What people see: the only Streamlit besides the front door."""
