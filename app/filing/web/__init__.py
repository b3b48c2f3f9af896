"""The pages of receipt: sending, the confirmation, checking a récépissé, the register, uploads."""
