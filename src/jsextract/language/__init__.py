"""What people read, in English and Chinese: phrases, their catalogue, the language in force."""
