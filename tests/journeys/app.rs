//! The app as a planner uses it, in its real window.
