package io.shardquake.harness.target;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Puts a failed access to files into words: the JDK's message is often only the file's name. */
final class OneLine {
  private OneLine() {}

  static String of(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return failure.getMessage() + " does not exist";
    }
    if (failure instanceof AccessDeniedException) {
      return failure.getMessage() + " may not be written to";
    }
    if (failure instanceof FileSystemException other && other.getReason() == null) {
      return other.getMessage() + " (" + other.getClass().getSimpleName() + ")";
    }
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
  }
}
