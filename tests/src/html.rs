//! A look at markup that holds strangers' text: which elements, attributes and addresses are in it that no document or
//! picture of ours has. Read the way browsers read it, by html5ever.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Every element that documents and pictures are made of.
const ELEMENTS: [&str; 51] = [
    "a",
    "blockquote",
    "body",
    "circle",
    "dd",
    "defs",
    "desc",
    "div",
    "dl",
    "dt",
    "ellipse",
    "figure",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "header",
    "html",
    "li",
    "line",
    "main",
    "meta",
    "metadata",
    "p",
    "path",
    "polygon",
    "polyline",
    "rect",
    "span",
    "strong",
    "style",
    "svg",
    "symbol",
    "table",
    "tbody",
    "td",
    "text",
    "th",
    "thead",
    "title",
    "tr",
    "tspan",
    "ul",
    "use",
    "clippath",
    "lineargradient",
    "stop",
    "mask",
    "marker",
];

/// What is in some markup that should not be, in words.
#[must_use]
pub fn complaints(markup: &str) -> Vec<String> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(markup));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.complaints.into_inner()
}

#[derive(Default)]
struct Sink {
    complaints: RefCell<Vec<String>>,
}

impl Sink {
    fn complain(&self, text: String) {
        self.complaints.borrow_mut().push(text);
    }

    fn look(&self, tag: &Tag) {
        let name = tag.name.to_string();
        if !ELEMENTS.contains(&name.as_str()) {
            self.complain(format!("<{name}>"));
        }
        for attribute in &tag.attrs {
            let (key, value) = (
                attribute.name.local.to_string(),
                attribute.value.to_string(),
            );
            let lower = value.trim().to_lowercase();
            let is_address = matches!(key.as_str(), "href" | "xlink:href" | "src" | "action");
            let leads_well = ["http://", "https://", "mailto:", "#"]
                .iter()
                .any(|start| lower.starts_with(start));
            if key.starts_with("on") || key == "src" || (is_address && !leads_well) {
                self.complain(format!("<{name} {key}={value:?}>"));
            }
            if key == "style" && !lower.starts_with("max-width:") {
                self.complain(format!("<{name} style={value:?}>"));
            }
        }
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                self.look(&tag);
                match &*tag.name {
                    "style" => TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" => TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => TokenSinkResult::Continue,
                }
            }
            Token::CommentToken(text) => {
                self.complain(format!("<!--{text}-->"));
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}
