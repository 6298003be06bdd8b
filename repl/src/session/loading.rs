//! `:load`: rule files and files of figures.

use std::path::Path;

use guiju::lang::Sources;
use guiju::{Facts, Input, Lang, Severity};

use super::backend::{Backend, Said};
use super::statements;
use crate::failure::Failure;
use crate::render::{findings, words};
use crate::{files, load};

impl Backend {
    pub(super) fn load(&mut self, path: &str) -> Said {
        let lang = self.lang();
        // Quotes around a path with spaces do no harm.
        let path = path.trim_matches(['"', '\'', '“', '”']);
        if path.is_empty() {
            return Err(self.mistake(
                lang.pick("没有写明文件", "no file is named"),
                lang.pick("写作 `:load 文件`", "write `:load FILE`"),
            ));
        }
        let file = Path::new(path);
        if file.extension().is_some_and(|e| e == "gj") || file.is_dir() {
            self.load_rules(file)
        } else {
            self.load_facts(file)
        }
    }

    fn load_rules(&mut self, path: &Path) -> Said {
        let lang = self.lang();
        let failed = |failure: Failure| failure.drawn(self.pen);
        let (mut inputs, mut typed) = (self.inputs.clone(), self.typed.clone());
        let mut replaced = Vec::new();
        let mut count = 0;
        for file in files::rule_files(&[path.to_path_buf()], lang).map_err(failed)? {
            let name = files::shown(&file);
            let text = files::read_text(&file, lang).map_err(failed)?;
            replaced.extend(statements::take_out(&mut typed, &statements::keys(&text)));
            // Loaded again, a file takes the place of what it was.
            inputs.retain(|i| i.name != name);
            inputs.push(Input::text(name, text));
            count += 1;
        }
        let rules = self.compile(&inputs, &typed).map_err(|e| self.drawn(&e))?;
        let after = self.states_of(&rules, &self.facts)?;
        let before = self.now();
        (self.inputs, self.typed) = (inputs, typed);
        let mut out = match lang {
            Lang::Zh => format!("读入 {count} 个规则文件，现有 {} 条规则\n", rules.len()),
            Lang::En => format!(
                "{} read; {} in all\n",
                words::counted(count, "rule file", "rule files"),
                words::counted(rules.len(), "rule", "rules")
            ),
        };
        out.push_str(&self.said_of(&replaced));
        out.push_str(&self.changed(&before, &after, &[]));
        Ok(out)
    }

    fn load_facts(&mut self, path: &Path) -> Said {
        let lang = self.lang();
        let mut fact_files = self.fact_files.clone();
        // Loaded again, a file takes the place of what it was.
        if !fact_files
            .iter()
            .any(|f| files::shown(f) == files::shown(path))
        {
            fact_files.push(path.to_path_buf());
        }
        let mut facts = Facts::new();
        let mut found = Vec::new();
        for file in &fact_files {
            let region = self.region.as_deref();
            found.extend(load::read_into(&mut facts, file, region, lang));
        }
        let drawn = findings::drawn(&found, &Sources::default(), lang, self.pen);
        if found.iter().any(|f| f.severity() == Severity::Error) && !self.options.keep_going {
            return Err(drawn);
        }
        let after = self.states(&self.inputs, &self.typed, &facts)?;
        let before = self.now();
        (self.facts, self.fact_files) = (facts, fact_files);
        let count = self.facts.len();
        let intro = match lang {
            Lang::Zh => format!("现有 {count} 个数据\n"),
            Lang::En => format!("{} in all\n", words::counted(count, "figure", "figures")),
        };
        Ok(format!(
            "{drawn}{intro}{}",
            self.changed(&before, &after, &[])
        ))
    }
}
