package org.rollcall.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColdPagesTest {
  private static final String LIBRARY = "fe:00 1234                        /usr/lib/libjvm.so";

  @TempDir private Path folder;

  @Test
  void whatIsReadOfFilesGoesAndNothingElse() throws Exception {
    assertThat(
            released(
                entry("800ba7000-801bbd000 r--p 00ba8000 " + LIBRARY, 16_472, 0)
                    + entry("800000000-800ba7000 rw-p 00001000 " + LIBRARY, 11_932, 11_608)
                    + entry("7f8e86051000-7f8e86da4000 r-xp 00251000 " + LIBRARY, 9_212, 0)
                    + entry("7f8e87025000-7f8e870dd000 r--p 01225000 " + LIBRARY, 736, 736)
                    + entry("7f8e87112000-7f8e8716c000 rw-p 00000000 00:00 0", 316, 316)
                    + entry("7f8e87200000-7f8e87300000 r--p 00000000 00:00 0", 512, 0)
                    + entry("7f8e87400000-7f8e87410000 r--p 00000000 " + LIBRARY, 60, 0)
                    + entry("7f8e87500000-7f8e87600000 ---p 00000000 " + LIBRARY, 0, 0)
                    + entry("7ffe1c887000-7ffe1c889000 r-xp 00000000 00:00 0     [vdso]", 64, 0)))
        .containsExactly("800ba7000 16867328", "7f8e86051000 13971456");
  }

  @Test
  void pagesThatDifferFromTheirFileStay() throws Exception {
    assertThat(released(entry("7f0000000000-7f0000100000 r-xp 00000000 " + LIBRARY, 512, 4)))
        .isEmpty();
  }

  @Test
  void anAddressInTheUpperHalfIsRead() throws Exception {
    assertThat(released(entry("ffff800000000000-ffff800000100000 r--p 0 " + LIBRARY, 1_024, 0)))
        .containsExactly("ffff800000000000 1048576");
  }

  @Test
  void aRefusalOfTheKernelKeepsOneMappingAndNotTheRest() throws Exception {
    Path smaps =
        Files.writeString(
            folder.resolve("smaps"),
            entry("7f0000000000-7f0000100000 r-xp 00000000 " + LIBRARY, 512, 0)
                + entry("7f0000200000-7f0000300000 r-xp 00000000 " + LIBRARY, 512, 0));
    List<Long> tried = new ArrayList<>();
    new ColdPages(
            smaps,
            (from, bytes) -> {
              tried.add(from);
              throw new InvocationTargetException(new IOException("no"));
            })
        .giveBack();
    assertThat(tried).hasSize(2);
  }

  @Test
  void aSystemWithoutTheFileLosesNothing() {
    List<Long> tried = new ArrayList<>();
    new ColdPages(folder.resolve("missing"), (from, bytes) -> tried.add(from)).run();
    assertThat(tried).isEmpty();
  }

  private List<String> released(String smaps) throws Exception {
    Path file = Files.writeString(folder.resolve("smaps"), smaps);
    List<String> released = new ArrayList<>();
    new ColdPages(file, (from, bytes) -> released.add(Long.toHexString(from) + " " + bytes))
        .giveBack();
    return released;
  }

  /** As the kernel writes it, with the lines that matter among those that do not. */
  private static String entry(String head, int residentKib, int anonymousKib) {
    return head
        + "\nSize:              16472 kB\nRss:  %14d kB\nPss:  %14d kB\n".formatted(residentKib, 1)
        + "Private_Dirty:         0 kB\nAnonymous:  %8d kB\n".formatted(anonymousKib)
        + "AnonHugePages:         0 kB\nVmFlags: rd mr mw me\n";
  }
}
