package io.a2al.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line with {@code curl} from the documents, as a request: what the shell and curl would make of it. */
final class CurlLine {

    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z]+)");

    private CurlLine() {}

    /** Returns the request that the line makes, with these shell variables. */
    static PlainRequest request(String line, Map<String, String> variables) {
        List<String> words = words(line, variables);
        if (!words.removeFirst().equals("curl")) {
            throw new IllegalArgumentException("not a line with curl: " + line);
        }
        List<String> fields = new ArrayList<>();
        URI uri = URI.create("");
        String method = "GET";
        String body = "";
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            switch (word) {
                case "-s", "-N" -> {
                    // No progress bar; no waiting for more output.
                }
                case "-H" -> fields.add(words.removeFirst());
                case "-X" -> method = words.removeFirst();
                case "-d" -> {
                    body = words.removeFirst();
                    method = method.equals("GET") ? "POST" : method;
                }
                default -> uri = URI.create(word);
            }
        }
        return new PlainRequest(method, uri, fields, body);
    }

    private static List<String> words(String line, Map<String, String> variables) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = ' ';
        boolean begun = false;
        String rest = line + " ";
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            Matcher variable = VARIABLE.matcher(rest).region(i, rest.length());
            if (quote == ' ' && c == ' ') {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else if (quote == ' ' && (c == '"' || c == '\'')) {
                quote = c;
                begun = true;
            } else if (c == quote) {
                quote = ' ';
            } else if (quote != '\'' && variable.lookingAt()) {
                word.append(variables.get(variable.group(1)));
                i = variable.end() - 1;
                begun = true;
            } else {
                word.append(c);
                begun = true;
            }
        }
        return words;
    }
}
