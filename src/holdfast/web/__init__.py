"""The application in the browser: pages over published state, who may see what, and what was done."""
