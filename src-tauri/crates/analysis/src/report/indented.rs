//! Indented JSON, byte for byte as `serde_json` indents it. Reports are lines of few bytes each, so that how a line
//! begins is much of the work: here it is one slice, there it is as many as the line is deep.

use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;

/// How a line begins: after a comma, in the next line, as deep as it comes.
const LINE: &[u8; 66] = b",\n                                                                ";

/// A value as indented JSON with a line break at the end; empty when the value is none of JSON, which structs of texts
/// and finite numbers always are.
pub(super) fn indented(value: &impl Serialize) -> String {
    let mut text = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, Indented::default());
    if value.serialize(&mut serializer).is_err() {
        text.clear();
    }
    text.push(b'\n');
    String::from_utf8(text).unwrap_or_default()
}

#[derive(Default)]
struct Indented {
    depth: usize,
    /// Whether the list or object that ends next holds anything.
    filled: bool,
}

impl Indented {
    fn begin<W: ?Sized + io::Write>(&mut self, writer: &mut W, sign: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        writer.write_all(sign)
    }

    fn end<W: ?Sized + io::Write>(&mut self, writer: &mut W, sign: &[u8]) -> io::Result<()> {
        self.depth = self.depth.saturating_sub(1);
        if self.filled {
            self.line(writer, true)?;
        }
        writer.write_all(sign)
    }

    fn line<W: ?Sized + io::Write>(&self, writer: &mut W, first: bool) -> io::Result<()> {
        let (start, end) = (usize::from(first), 2 + 2 * self.depth);
        writer.write_all(LINE.get(start..end).unwrap_or(&LINE[start..]))?;
        (LINE.len()..end).try_for_each(|_| writer.write_all(b" "))
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.line(writer, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.line(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn values_are_indented_as_serde_json_does() {
        let deep = (0..40).fold(json!([1]), |inner, at| {
            if at % 2 == 0 {
                json!({ "a": inner, "b": {}, "c": [[], "x"] })
            } else {
                json!([inner, null, [2.5, true]])
            }
        });
        for value in [Value::Null, json!({}), json!([]), json!([[], {}]), deep] {
            let expected = serde_json::to_string_pretty(&value).unwrap();
            assert_eq!(indented(&value), format!("{expected}\n"));
        }
    }
}
