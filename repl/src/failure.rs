//! What ends a command early: findings about rules, facts or the call (exit 2), or a closed pipe.

use std::process::ExitCode;

use guiju::lang::Sources;
use guiju::{Diagnostic, Lang};

use crate::render;

/// The rules, the facts or the call are wrong.
pub(crate) const WRONG_INPUT: u8 = 2;

#[derive(Debug)]
pub(crate) enum Failure {
    /// Findings, to be drawn on standard error.
    Findings {
        findings: Vec<Diagnostic>,
        sources: Box<Sources>,
        lang: Lang,
    },
    /// Nobody reads on: end quietly.
    ClosedPipe,
    /// Standard output cannot be written.
    Output(std::io::Error),
}

impl Failure {
    pub(crate) fn findings(findings: Vec<Diagnostic>, sources: Sources, lang: Lang) -> Failure {
        Failure::Findings {
            findings,
            sources: Box::new(sources),
            lang,
        }
    }

    /// One finding that stands in no file.
    pub(crate) fn call(finding: Diagnostic, lang: Lang) -> Failure {
        Failure::findings(vec![finding], Sources::default(), lang)
    }

    pub(crate) fn engine(error: &guiju::Error, lang: Lang) -> Failure {
        Failure::findings(error.findings().to_vec(), error.sources().clone(), lang)
    }

    /// Says what is wrong on standard error.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            Failure::Findings {
                findings,
                sources,
                lang,
            } => {
                render::findings::draw(&findings, &sources, lang);
                ExitCode::from(WRONG_INPUT)
            }
            Failure::ClosedPipe => ExitCode::SUCCESS,
            Failure::Output(error) => {
                crate::output::complain(&format!("guiju: {error}"));
                ExitCode::from(WRONG_INPUT)
            }
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::Output(error),
        }
    }
}
