package io.serai.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Markdown as nobody would write it on purpose: every construct, nested anyhow, in many scripts. The same seed writes the same. */
final class Scribbles {

    private static final String[] WORDS = {
        "caravan", "inn", "a", "I", "Straße", "naïve", "שלום", "مرحبا", "日本語のテキスト", "ภาษาไทย", "👩‍👩‍👧‍👦", "🇩🇪🇫🇷", "👍🏽", "é", "क्षि", "don't", "e.g.",
        "snake_case_name", "2*3*4", "a<b>c", "&amp;", "R&D", "1.", "+", "-", "#", "|", "||", "~~", "```", "**", "`", "\\", "<script>", "</b>", "![", "](", "[x]", "x!",
        "https://example.org/a_b?c=d&e=f", "=", ":--", "“quoted”", "…", "end.", "Why?", "Yes!", "\u00A0", "\u200B", "x".repeat(90), "語".repeat(60), "👩‍👩‍👧‍👦".repeat(9)
    };

    /** What only heads of tables say. */
    static final String HEAD = "ⒽⒼ";

    private final Random dice;

    Scribbles(long seed) {
        dice = new Random(seed);
    }

    String document(int blocks) {
        List<String> document = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            document.add(block(0));
        }
        return String.join("\n\n", document);
    }

    private String block(int depth) {
        return switch (dice.nextInt(depth > 4 ? 4 : 10)) {
            case 0, 1, 2 -> inlines(1 + dice.nextInt(40), true);
            case 3 -> "#".repeat(1 + dice.nextInt(6)) + " " + inlines(1 + dice.nextInt(6), false);
            case 4 -> "```" + (dice.nextBoolean() ? "java" : "") + "\n" + code() + "\n```";
            case 5 -> lines(block(depth + 1) + (dice.nextBoolean() ? "\n\n" + block(depth + 1) : ""), "> ", "> ");
            case 6, 7 -> list(depth);
            case 8 -> table();
            default -> dice.nextBoolean() ? "---" : "    indented " + word();
        };
    }

    private String list(int depth) {
        List<String> items = new ArrayList<>();
        int number = dice.nextInt(120);
        boolean ordered = dice.nextBoolean();
        boolean loose = dice.nextInt(3) == 0;
        for (int i = 0; i <= dice.nextInt(6); i++) {
            String marker = ordered ? number++ + ". " : "- ";
            String box = dice.nextInt(4) == 0 ? "[x] " : "";
            String inner = dice.nextInt(3) == 0 ? inlines(3, false) + "\n" + (loose ? "\n" : "") + block(depth + 1) : inlines(1 + dice.nextInt(12), false);
            items.add(lines(box + inner, marker, " ".repeat(marker.length())));
        }
        return String.join(loose ? "\n\n" : "\n", items);
    }

    private String table() {
        var table = new StringBuilder("| Ⓗ | Ⓖ |\n|---|:-:|");
        for (int i = 0; i <= dice.nextInt(8); i++) {
            table.append("\n| ").append(inlines(1 + dice.nextInt(3), false).replace("|", "\\|")).append(" | ").append(dice.nextInt(1000)).append(" |");
        }
        return table.toString();
    }

    private String code() {
        var code = new StringBuilder();
        for (int i = 0; i <= dice.nextInt(20); i++) {
            code.append(i == 0 ? "" : "\n").append(" ".repeat(dice.nextInt(4) * 2)).append(word().replace("```", "``")).append(" = a < b && c > d;");
        }
        return code.toString();
    }

    private String inlines(int words, boolean breaks) {
        var text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : !breaks || dice.nextInt(8) > 0 ? " " : dice.nextInt(4) == 0 ? "\\\n" : "\n").append(inline(0));
        }
        return text.toString();
    }

    private String inline(int depth) {
        return switch (dice.nextInt(depth > 3 ? 8 : 16)) {
            case 8 -> "**" + inline(depth + 1) + " " + inline(depth + 1) + "**" + (dice.nextBoolean() ? "glued" : "");
            case 9 -> "*" + inline(depth + 1) + "*";
            case 10 -> "~~" + inline(depth + 1) + "~~";
            case 11 -> "`" + word().replace("`", "'") + "`";
            case 12 -> "[" + inline(depth + 1) + "](https://example.org/" + dice.nextInt(100) + ")";
            case 13 -> "||" + inline(depth + 1) + "||";
            case 14 -> dice.nextBoolean() ? "![pic](https://example.org/p.png)" : "[run](javascript:alert(1))";
            case 15 -> "_" + inline(depth + 1) + "_";
            default -> word();
        };
    }

    private String word() {
        return WORDS[dice.nextInt(WORDS.length)];
    }

    private static String lines(String text, String first, String further) {
        return first + text.replace("\n", "\n" + further);
    }
}
