"""What the company decided: YAML files as typed, validated objects that know file and line.

``load`` and ``check`` live in ``holdfast.definitions.load``; the objects in the module of their name.
"""
