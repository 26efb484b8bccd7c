//! A page of text: at most 100 columns, colour only where it is asked for.

use std::fmt::Write;

use anstyle::Style;
use peaceops::Visible;

/// Columns of the page.
pub(super) const WIDTH: usize = 100;

/// Lines of text, each checked for its width.
pub(super) struct Page {
    text: String,
    colour: bool,
}

impl Page {
    pub(super) fn new(colour: bool) -> Self {
        Self { text: String::new(), colour }
    }

    pub(super) fn text(self) -> String {
        self.text
    }

    /// A plain line; a longer one is wrapped.
    pub(super) fn line(&mut self, text: &str) {
        self.styled(text, 2, Style::new());
    }

    /// A line with a text at each end; two lines where both do not fit.
    pub(super) fn ends(&mut self, left: &str, right: &str) {
        let gap = WIDTH.saturating_sub(left.chars().count() + right.chars().count());
        if gap >= 2 {
            self.line(&format!("{left}{}{right}", " ".repeat(gap)));
        } else {
            self.line(left);
            self.line(right);
        }
    }

    /// A line that explains the ones around it.
    pub(super) fn legend(&mut self, text: &str) {
        self.styled(text, 2, Style::new().dimmed());
    }

    /// A heading of a part of the answer.
    pub(super) fn heading(&mut self, text: &str) {
        self.styled(text, 2, Style::new().bold());
    }

    /// A heading of a table, with a rule to the right edge.
    pub(super) fn rule(&mut self, text: &str) {
        self.text.push('\n');
        let line = format!("── {text} ");
        let rest = WIDTH.saturating_sub(line.chars().count());
        self.styled(&format!("{line}{}", "─".repeat(rest)), 2, Style::new().bold());
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A label with its text, wrapped under the text.
    pub(super) fn labelled(&mut self, label: &str, text: &str) {
        self.labelled_at(14, label, text);
    }

    /// The same, with the text from a column on.
    pub(super) fn labelled_at(&mut self, column: usize, label: &str, text: &str) {
        let head = format!("  {:<width$}", Visible(label).to_string(), width = column - 2);
        for (at, line) in wrap(text, WIDTH - column).iter().enumerate() {
            if at == 0 {
                let (on, off) = self.codes(Style::new().bold());
                let _ = writeln!(self.text, "{on}{head}{off}{line}");
            } else {
                let _ = writeln!(self.text, "{}{line}", " ".repeat(column));
            }
        }
    }

    /// Rows of cells under a header, columns as wide as their widest cell; the last one is wrapped.
    pub(super) fn table(&mut self, indent: usize, header: &[&str], rows: &[Vec<String>]) {
        self.spaced_table(indent, 2, header, rows);
    }

    /// The same, with so many blanks between columns.
    pub(super) fn spaced_table(&mut self, indent: usize, blanks: usize, header: &[&str], rows: &[Vec<String>]) {
        let columns = header.len();
        let header: Vec<String> = header.iter().map(|cell| Visible(cell).to_string()).collect();
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| Visible(cell).to_string()).collect()).collect();
        let mut widths: Vec<usize> = header.iter().map(|cell| cell.chars().count()).collect();
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        let before: usize = widths.iter().take(columns - 1).map(|width| width + blanks).sum::<usize>() + indent;
        let (before, last) = if before + widths.last().map_or(0, |width| (*width).min(16)) > WIDTH {
            (indent + 4, WIDTH - indent - 4)
        } else {
            (before, WIDTH - before)
        };
        let put = |cells: &[String], page: &mut Self, style: Style| {
            let mut line = " ".repeat(indent);
            for (cell, width) in cells.iter().zip(&widths).take(columns - 1) {
                let _ = write!(line, "{cell:<width$}{}", " ".repeat(blanks));
            }
            let narrow = line.chars().count() > before;
            if narrow {
                page.styled(line.trim_end(), indent + 2, style);
            }
            for (at, part) in wrap(cells.last().map_or("", String::as_str), last).iter().enumerate() {
                let line = if at == 0 && !narrow { format!("{line}{part}") } else { format!("{}{part}", " ".repeat(before)) };
                page.put(line.trim_end(), style);
            }
        };
        if header.iter().any(|cell| !cell.is_empty()) {
            put(&header, self, Style::new().dimmed());
        }
        for row in &rows {
            put(row, self, Style::new());
        }
    }

    /// A table whose columns, where they do not all fit, follow below under the same first `leading` ones; the last
    /// column is wrapped.
    pub(super) fn matrix(&mut self, indent: usize, leading: usize, header: &[&str], rows: &[Vec<String>]) {
        const WRAPPED: usize = 16;
        let width = |at: usize| {
            let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| Visible(cell).to_string().chars().count());
            let width = cells.chain(header.get(at).map(|cell| Visible(cell).to_string().chars().count())).max().unwrap_or(0);
            if at + 1 == header.len() { width.min(WRAPPED) } else { width }
        };
        let used = |to: usize, from: usize, blanks: usize| {
            let columns = (0..leading).chain(from..to).map(|at| width(at) + blanks);
            indent + columns.sum::<usize>() - blanks
        };
        let blanks = if used(header.len(), leading, 2) <= WIDTH { 2 } else { 1 };
        let mut from = leading;
        while from < header.len() {
            let fits = |to: &usize| used(*to, from, blanks) <= WIDTH;
            let to = (from + 2..=header.len()).take_while(fits).last().unwrap_or(from + 1);
            let columns = |row: &[String]| row.iter().take(leading).chain(row.iter().take(to).skip(from)).cloned().collect();
            let part: Vec<Vec<String>> = rows.iter().map(|row| columns(row)).collect();
            let header: Vec<&str> = header.iter().take(leading).chain(&header[from..to]).copied().collect();
            self.spaced_table(indent, blanks, &header, &part);
            from = to;
        }
    }

    fn put(&mut self, line: &str, style: Style) {
        let (on, off) = self.codes(style);
        let _ = writeln!(self.text, "{on}{line}{off}");
    }

    fn styled(&mut self, text: &str, hang: usize, style: Style) {
        let visible = Visible(text).to_string();
        let indent = visible.chars().take_while(|c| *c == ' ').count().min(WIDTH / 2);
        let lines = wrap(visible.trim_start(), WIDTH - indent);
        let (first, rest) = lines.split_first().map_or(("", [].as_slice()), |(first, rest)| (first.as_str(), rest));
        self.put(&format!("{}{first}", " ".repeat(indent)), style);
        if !rest.is_empty() {
            for line in wrap(&rest.join(" "), WIDTH - indent - hang) {
                self.put(&format!("{}{line}", " ".repeat(indent + hang)), style);
            }
        }
    }

    fn codes(&self, style: Style) -> (String, String) {
        if self.colour && !style.is_plain() {
            (style.render().to_string(), style.render_reset().to_string())
        } else {
            (String::new(), String::new())
        }
    }
}

/// A text in lines of at most `width` characters; a longer word is cut.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let text = Visible(text).to_string();
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        let letters: Vec<char> = word.chars().collect();
        for (at, part) in letters.chunks(width.max(1)).enumerate() {
            let gap = usize::from(at == 0 && !(line.is_empty() && lines.is_empty()) && length > 0);
            if length + gap + part.len() > width {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
                length = 0;
            } else if gap > 0 {
                line.push(' ');
                length += 1;
            }
            line.extend(part);
            length += part.len();
        }
        if letters.is_empty() && length > 0 && length < width {
            line.push(' ');
            length += 1;
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}
