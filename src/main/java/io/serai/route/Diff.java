package io.serai.route;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What is other in one text, or one set of files, than in another: lines with + and -, each hunk with its line in the new text. */
public final class Diff {

    private static final int LONGEST = 3_000;

    /** Its picture: a database takes no NUL, and nobody sees one. */
    private static final char NUL = '\u2400';

    private Diff() {}

    static String of(FileSet before, FileSet after) {
        var diff = new StringBuilder();
        Map<String, String> old = before.texts();
        Map<String, String> now = after.texts();
        var files = new TreeSet<>(after.changedSince(before));
        files.forEach(file -> diff.append("--- ").append(old.containsKey(file) ? file : "/dev/null").append("\n+++ ")
                .append(now.containsKey(file) ? file : "/dev/null").append('\n')
                .append(of(old.getOrDefault(file, ""), now.getOrDefault(file, ""))));
        return diff.toString().replace('\0', NUL);
    }

    /** By the longest common subsequence of lines; texts that are too long for that differ as a whole. */
    public static String of(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        if (old.size() > LONGEST || now.size() > LONGEST) {
            return "@@ %d lines became %d @@\n".formatted(old.size(), now.size());
        }
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j)) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return walk(old, now, common);
    }

    private static String walk(List<String> old, List<String> now, int[][] common) {
        var diff = new StringBuilder();
        boolean inside = false;
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                inside = false;
                i++;
                j++;
                continue;
            }
            if (!inside) {
                diff.append("@@ line ").append(j + 1).append(" @@\n");
                inside = true;
            }
            boolean removed = j >= now.size() || i < old.size() && common[i + 1][j] >= common[i][j + 1];
            diff.append(removed ? "-" + old.get(i++) : "+" + now.get(j++)).append('\n');
        }
        return diff.toString();
    }
}
