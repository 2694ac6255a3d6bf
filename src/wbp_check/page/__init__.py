"""The page's panels. They lay out what pure modules return; Streamlit is imported here and in app.py."""
