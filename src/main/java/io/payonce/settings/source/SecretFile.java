package io.payonce.settings.source;

import java.nio.file.Path;

/** Which file a secret came from; when it changes, load the settings again. */
public record SecretFile(String key, Path path) {}
