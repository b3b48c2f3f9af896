"""What a person is given to read or keep: the confirmation, the récépissé, the follow-up sheet."""
