"""The screens: server-rendered pages over `verbs`, one module a screen."""
