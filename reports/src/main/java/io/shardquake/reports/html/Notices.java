package io.shardquake.reports.html;

import java.util.ArrayList;
import java.util.List;

/** Collects what a page leaves out: nothing is left out silently. Not thread-safe. */
final class Notices {
  private final List<String> notices = new ArrayList<>();

  void add(String notice) {
    if (!notices.contains(notice)) {
      notices.add(notice);
    }
  }

  List<String> list() {
    return List.copyOf(notices);
  }
}
